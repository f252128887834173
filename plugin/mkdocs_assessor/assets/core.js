/* The entry of core.js, the whole decision logic for Node.js and other people's pages. */

import { assess } from "./core/complete.js";
import { accepts } from "./core/queries/interpreter.js";

// A global `module` alone proves nothing: an element with the id "module" is a global, too. Node.js finds the names that
// `import` may take in the literal.
if (typeof module === "object" && "exports" in module) module.exports = { accepts, assess };
else Reflect.set(globalThis, "assessor", { accepts, assess });
