// A `Date` without a clock and whose local time is UTC. A script whose value is a function of the
// engine's own `Date`.
"use strict";
((Native) => {
  const refuse = (what) => {
    throw new TypeError(
      `\`${what}\` is not available: a render depends on its sources and parameters alone; pass the time as a parameter`,
    );
  };
  const prototype = Native.prototype;

  // A text without a time zone would be local time, so it is given one.
  const zone = /\b(?:GMT|UTC?|[ECMP][SD]T)\b|\dZ$|:\d\d(?:\.\d+)?\s*[+-]\d/i;
  function parse(text) {
    if (!zone.test(text)) {
      for (const suffix of ["Z", " UTC"]) {
        const time = Native.parse(text + suffix);
        if (!Number.isNaN(time)) return time;
      }
    }
    return Native.parse(text);
  }

  function timeOf(values) {
    if (values.length === 0) refuse("new Date()");
    if (values.length > 1) return Native.UTC(...values);
    const [value] = values;
    if (value instanceof Native) return value.getTime();
    return typeof value === "string" ? parse(value) : Number(value);
  }

  // Not a subclass: its prototype would be a way back to the engine's own.
  function Date(...values) {
    if (new.target === undefined) refuse("Date()");
    return Reflect.construct(Native, [timeOf(values)], new.target);
  }
  Date.prototype = prototype;
  Date.UTC = Native.UTC;
  Date.now = () => refuse("Date.now()");
  Date.parse = (text) => parse(String(text));

  for (const part of ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"]) {
    for (const verb of part === "Day" ? ["get"] : ["get", "set"]) {
      prototype[verb + part] = prototype[`${verb}UTC${part}`];
    }
  }
  prototype.getTimezoneOffset = function () {
    return this.getTime() * 0;
  };
  delete prototype.getYear;
  delete prototype.setYear;

  // "Sat, 02 Jan 2027 03:04:05 GMT" in the order of the local texts.
  const parts = (date) => date.toUTCString().match(/^(\w+), (\d+) (\w+) (-?\d+) ([\d:]+) GMT$/);
  const dateText = (date) => {
    const found = parts(date);
    return found === null ? "Invalid Date" : `${found[1]} ${found[3]} ${found[2]} ${found[4]}`;
  };
  const timeText = (date) => {
    const found = parts(date);
    return found === null ? "Invalid Date" : `${found[5]} GMT+0000`;
  };
  const texts = {
    toDateString() {
      return dateText(this);
    },
    toTimeString() {
      return timeText(this);
    },
    toString() {
      return Number.isNaN(this.getTime()) ? "Invalid Date" : `${dateText(this)} ${timeText(this)}`;
    },
  };
  Object.assign(prototype, texts, {
    toLocaleDateString: texts.toDateString,
    toLocaleTimeString: texts.toTimeString,
    toLocaleString: texts.toString,
    constructor: Date,
  });
  return Date;
})
