// What plugins import as `husako/_base`.
import { properties, resourcePrototype, schemaPrototype } from "husako:core";

export class _SchemaBuilder {
  _props = {};

  constructor(init) {
    if (init !== undefined) this._props = properties(init, new.target.name);
  }
}

export class _ResourceBuilder {
  _apiVersion = undefined;
  _kind = undefined;

  constructor(apiVersion, kind, init) {
    this._apiVersion = apiVersion;
    this._kind = kind;
    if (init !== undefined) Object.assign(this, this._from(properties(init, new.target.name)));
  }
}

// Builders of generated modules are instances of these classes too.
Object.setPrototypeOf(_SchemaBuilder.prototype, schemaPrototype);
Object.setPrototypeOf(_ResourceBuilder.prototype, resourcePrototype);
for (const [base, prototype] of [[_SchemaBuilder, schemaPrototype], [_ResourceBuilder, resourcePrototype]]) {
  Object.defineProperty(base, Symbol.hasInstance, {
    value(value) {
      return (this === base ? prototype : this.prototype).isPrototypeOf(value);
    },
  });
}
