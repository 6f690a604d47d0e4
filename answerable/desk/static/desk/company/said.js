// The words about colleagues, and how they are filled.

import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

export const SAY = { ...say, fill }
