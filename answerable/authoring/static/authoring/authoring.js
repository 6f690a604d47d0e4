// What writing articles can do beyond plain pages. Each element works without it, only less.

import "./elements/article-editor.js"
