// What a lead's board shares with the desk: its dialogs, and the line that says what was done.

import "../desk/elements/dialog-link.js"
import "../desk/elements/said-line.js"
