/**
 * The types that generated modules are made of, and the base classes for builders of one's own.
 *
 * Programs rarely import this module: factories come from `k8s/…` and `helm/…`, everything else
 * from `husako`.
 */

/**
 * A builder: an immutable value that stands for a `T`. Each call of a method returns a new
 * builder, so a common part can be kept and varied.
 *
 * A builder may stand wherever a `T` may, at any depth of a literal or of another builder.
 *
 * ```ts
 * const base = Container().image("nginx:1.29");
 * const first = base.name("first"); // `base` has no name still
 * ```
 */
export interface Builder<out T> {
  /** The plain object that the builder stands for, with all nested builders resolved. */
  _toJSON(): T;
  /** The same as `_toJSON()`. */
  _render(): T;
}

/** A value of type `T`, or a builder of one. */
export type In<T> = T | Builder<T>;

/** The named keys of `T`, without its index signature. */
type KnownKeys<T> = keyof {
  [K in keyof T as string extends K ? never : number extends K ? never : symbol extends K ? never : K]: T[K];
};

/** Names that never are the method of a spec property, because they belong to the resource. */
type Reserved = "apiVersion" | "kind" | "metadata" | "spec" | "status" | "set";

/** The properties of a spec that have a method. */
type SpecProperties<S> = Pick<S, Exclude<KnownKeys<S>, Reserved | NoMethod>>;

/** The top-level properties that have a method; one of the spec with the same name goes first. */
type TopProperties<T, S> = Pick<
  T,
  Exclude<KnownKeys<T>, "apiVersion" | "kind" | "status" | "set" | NoMethod | Exclude<KnownKeys<S>, Reserved>>
>;

/** Names that mean something to the language, so that no property's method has them. */
type NoMethod = "then" | "toJSON";

/** The properties of a nested object that have a method. */
type SchemaProperties<T> = Pick<T, Exclude<KnownKeys<T>, NoMethod>>;

/** The builder of a nested object, such as `Container()`: one method per property. */
export type SchemaBuilder<T> = Builder<T> & SchemaMethods & {
  readonly [K in keyof SchemaProperties<T>]-?: (value: Exclude<T[K], undefined>) => SchemaBuilder<T>;
};

/** What every builder of a nested object has. */
export interface SchemaMethods {
  /**
   * Sets a property by its key: one whose name is no identifier, or that the schema leaves open.
   *
   * ```ts
   * Values()._set("my-key", 1)
   * ```
   */
  _set(key: string, value: unknown): this;
}

/**
 * The builder of a resource, such as `Service()`: one method per top-level property, and one per
 * property of its spec.
 *
 * `.spec(…)` replaces the whole spec and forgets properties set before; setting a property of the
 * spec forgets a whole spec set before.
 */
export type ResourceBuilder<T, S = {}> = Builder<T> & ResourceMethods & {
  readonly [K in keyof TopProperties<T, S>]-?: (value: Exclude<T[K], undefined>) => ResourceBuilder<T, S>;
} & {
  readonly [K in keyof SpecProperties<S>]-?: (value: Exclude<S[K], undefined>) => ResourceBuilder<T, S>;
};

/** The builder of a resource that has a pod template, such as `Deployment()`; `C` is a container. */
export type PodResourceBuilder<T, S, C> = Builder<T> & ResourceMethods & PodTemplateMethods<C> & {
  readonly [K in keyof TopProperties<T, S>]-?: (value: Exclude<T[K], undefined>) => PodResourceBuilder<T, S, C>;
} & {
  readonly [K in keyof SpecProperties<S>]-?: (value: Exclude<S[K], undefined>) => PodResourceBuilder<T, S, C>;
};

/** What every builder of a resource has. */
export interface ResourceMethods {
  /**
   * Sets a top-level field by its key, over whatever other methods say of it.
   *
   * ```ts
   * Secret().set("type", "Opaque")
   * ```
   */
  set(key: string, value: unknown): this;
}

/** Shortcuts into the pod template of a resource. */
export interface PodTemplateMethods<C> {
  /**
   * Sets the containers of the pod template. It composes with `.template(…)` called before it;
   * a later `.template(…)` replaces what it set.
   *
   * ```ts
   * Deployment().containers([Container().name("web").image("nginx:1.29")])
   * ```
   */
  containers(value: readonly In<C>[]): this;
  /** Sets the init containers of the pod template. */
  initContainers(value: readonly In<C>[]): this;
  /**
   * Sets what the first container requests and its limits.
   *
   * ```ts
   * Deployment().resources(requests(cpu("250m").memory("128Mi")), limits(memory("256Mi")))
   * ```
   */
  resources(...fragments: In<ResourceRequirementsLike>[]): this;
}

/** What a container requests and its limits. */
export interface ResourceRequirementsLike {
  /** The least amounts that are needed. */
  requests?: In<{ [resource: string]: string | number }>;
  /** The most that may be used. */
  limits?: In<{ [resource: string]: string | number }>;
  /** Names of resource claims that are used. */
  claims?: unknown;
}

/** Makes builders of a nested object. */
export interface SchemaFactory<T> {
  /** An empty builder. */
  (): SchemaBuilder<T>;
  /** A builder of what the literal says; its required fields must be there. */
  (init: T): SchemaBuilder<T>;
}

/** Makes builders of a resource. */
export interface ResourceFactory<T, S = {}> {
  /** A builder that has `apiVersion` and `kind` only. */
  (): ResourceBuilder<T, S>;
  /** A builder of what the literal says; `apiVersion` and `kind` are set by the factory. */
  (init: T): ResourceBuilder<T, S>;
}

/** Makes builders of a resource that has a pod template; `C` is a container of it. */
export interface PodResourceFactory<T, S, C> {
  /** A builder that has `apiVersion` and `kind` only. */
  (): PodResourceBuilder<T, S, C>;
  /** A builder of what the literal says; `apiVersion` and `kind` are set by the factory. */
  (init: T): PodResourceBuilder<T, S, C>;
}

/**
 * The base class of builders of nested objects, for plugins.
 *
 * ```ts
 * class Probe extends _SchemaBuilder {
 *   path(value: string) {
 *     return this._set("path", value);
 *   }
 * }
 * ```
 */
export class _SchemaBuilder implements Builder<any> {
  constructor(init?: object);
  /** Sets a property in a copy of the builder. */
  _set(key: string, value: unknown): this;
  /** A copy of the builder. */
  _copy(): this;
  _toJSON(): any;
  _render(): any;
}

/**
 * The base class of builders of resources, for plugins.
 *
 * ```ts
 * class Kustomization extends _ResourceBuilder {
 *   constructor() {
 *     super("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
 *   }
 *   interval(value: string) {
 *     return this._setSpec("interval", value);
 *   }
 * }
 * ```
 */
export class _ResourceBuilder implements Builder<any> {
  constructor(apiVersion: string, kind: string, init?: object);
  /** Sets the metadata, in place of metadata set before. */
  metadata(value: unknown): this;
  /** Sets the whole spec and forgets properties of it set before. */
  spec(value: unknown): this;
  /** Sets a top-level field, over whatever other methods say of it. */
  set(key: string, value: unknown): this;
  /** Sets what the first container of the pod template requests and its limits. */
  resources(...fragments: In<ResourceRequirementsLike>[]): this;
  /** Sets a property of the spec. */
  _setSpec(key: string, value: unknown): this;
  /** Sets what is at a path in the spec, such as `template.spec.containers`. */
  _setDeep(path: string, value: unknown): this;
  /** A copy of the builder. */
  _copy(): this;
  _toJSON(): any;
  _render(): any;
}
