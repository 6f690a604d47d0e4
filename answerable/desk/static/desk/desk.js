// What the desk can do beyond plain pages. Each element works without it, only less.

import "./elements/composer-box.js"
import "./elements/copy-text.js"
import "./elements/desk-panes.js"
import "./elements/dialog-link.js"
import "./elements/live-queue.js"
import "./elements/live-ticket.js"
import "./elements/newer-messages.js"
import "./elements/offer-cards.js"
import "./elements/said-line.js"
import "./elements/sending-bar.js"
import "./rows.js"
