import js from "@eslint/js";
import globals from "globals";

const PARSES_TEXT = "This turns text into markup or code: build nodes, and set textContent.";
const SENDS = "Nothing leaves the reader's browser: the page makes no request after it has loaded.";

/** Names that no shipped script may use as a property, however it is written. */
const properties = {
  innerHTML: PARSES_TEXT,
  outerHTML: PARSES_TEXT,
  insertAdjacentHTML: PARSES_TEXT,
  setHTMLUnsafe: PARSES_TEXT,
  createContextualFragment: PARSES_TEXT,
  parseFromString: PARSES_TEXT,
  srcdoc: PARSES_TEXT,
  write: PARSES_TEXT,
  writeln: PARSES_TEXT,
  cookie: SENDS,
  sendBeacon: SENDS,
};

const global = {
  fetch: SENDS,
  XMLHttpRequest: SENDS,
  WebSocket: SENDS,
  WebTransport: SENDS,
  EventSource: SENDS,
  RTCPeerConnection: SENDS,
  Worker: SENDS,
  SharedWorker: SENDS,
  Image: SENDS,
};

/** `window.fetch` and `window["fetch"]` are the global `fetch`, which no-restricted-globals does not see. */
const members = Object.entries({ ...properties, ...global, eval: PARSES_TEXT, Function: PARSES_TEXT });

export default [
  { ignores: [".venv*/", "site/", "site-zensical/", "**/node_modules/", "docs/", "plugin/mkdocs_assessor/assets/shipped/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "eqeqeq": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "strict": ["error", "global"],
    },
  },
  {
    files: ["plugin/mkdocs_assessor/assets/**/*.js"],
    // Where there is a `module`, core.js is a CommonJS module.
    languageOptions: { globals: { ...globals.browser, module: "readonly" } },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-console": "error",
      "no-restricted-globals": [
        "error",
        ...Object.entries(global).map(([name, message]) => ({ name, message })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ImportExpression", message: SENDS },
        ...members.flatMap(([name, message]) => [
          { selector: `MemberExpression[property.name="${name}"]`, message },
          { selector: `Literal[value="${name}"]`, message },
          { selector: `TemplateElement[value.cooked="${name}"]`, message },
          { selector: `ObjectPattern > Property[key.name="${name}"]`, message },
        ]),
      ],
    },
  },
  {
    // Scripts that a test runs inside the page.
    files: ["tests/browser/**/*.js"],
    languageOptions: { sourceType: "script", globals: globals.browser },
  },
  {
    // All other files run in Node.js.
    ignores: ["plugin/mkdocs_assessor/assets/**", "tests/browser/**"],
    languageOptions: { globals: globals.node },
  },
];
