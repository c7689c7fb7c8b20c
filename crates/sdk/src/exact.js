// The prototype of integers that a number cannot hold, as values from files may have. Documents
// hold them exactly.
"use strict";
Object.freeze({
  valueOf() {
    return Number(this.digits);
  },
  toString() {
    return this.digits;
  },
  toJSON() {
    throw new TypeError(`${this.digits} loses digits as a number: use toJson() of "husako"`);
  },
})
