// Makes the globals of a fresh context those of a render: nothing that tells one machine or one
// moment from another. A script, run before all modules.
"use strict";
(() => {
  const host = globalThis.__husako;

  for (const name of ["SharedArrayBuffer", "Atomics"]) delete globalThis[name];

  Math.random = function random() {
    throw new TypeError("`Math.random()` is not available: a render depends on its sources and parameters alone");
  };

  const global = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });

  const console = {};
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    console[level] = (...values) => host.log(level, values);
  }
  global("console", console);

  // Few programs use dates, so what makes them independent of the clock is loaded on first use.
  Object.defineProperty(globalThis, "Date", {
    configurable: true,
    get() {
      delete globalThis.Date;
      global("Date", host.date());
      return globalThis.Date;
    },
    set(value) {
      global("Date", value);
    },
  });
})();
