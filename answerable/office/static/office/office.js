// What the office can do beyond plain pages. Each element works without it, only less.

import "./elements/mail-texts.js"
import "./elements/plan-editor.js"
