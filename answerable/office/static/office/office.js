// What the office can do beyond plain pages. Each element works without it, only less.

import "./elements/plan-editor.js"
