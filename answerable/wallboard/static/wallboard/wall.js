// What the wallboard can do beyond a plain page, at a desk and on a wall.

import "./elements/wall-board.js"
import "./elements/wall-clock.js"
import "./elements/wall-since.js"
