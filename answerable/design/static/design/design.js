// Everything that pages of ours can do beyond HTML. Each element works without it, only less.

import "./elements/auto-grow.js"
import "./elements/connection-bar.js"
import "./elements/dialog-button.js"
import "./elements/due-time.js"
import "./elements/kept-text.js"
import "./elements/key-help.js"
import "./elements/live-stream.js"
import "./elements/menu-button.js"
import "./elements/once-form.js"
import "./elements/theme-switch.js"
import "./forms.js"
import "./keys.js"
