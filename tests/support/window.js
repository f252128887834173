/* Gives Node.js as much of a window as assessor.js needs when it is loaded; `assess` needs none. */

Object.assign(globalThis, {
  HTMLElement: class {},
  customElements: { get: () => undefined, define: () => undefined },
  addEventListener() {},
  document: { currentScript: null },
  location: { href: "file:///" },
});
