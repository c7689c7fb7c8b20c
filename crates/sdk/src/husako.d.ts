/// <reference path="./husako/files.d.ts" />

import type { Builder, In } from "husako/_base";

/** Metadata of a resource that is put together call by call. */
export interface MetadataFragment
  extends Builder<{
    name?: string;
    namespace?: string;
    labels?: { [key: string]: string };
    annotations?: { [key: string]: string };
  }> {
  /** Sets the name. */
  name(value: string): MetadataFragment;
  /** Sets the namespace. */
  namespace(value: string): MetadataFragment;
  /** Adds a label. */
  label(key: string, value: string): MetadataFragment;
  /** Adds labels. */
  labels(values: { readonly [key: string]: string }): MetadataFragment;
  /** Adds an annotation. */
  annotation(key: string, value: string): MetadataFragment;
  /** Adds annotations. */
  annotations(values: { readonly [key: string]: string }): MetadataFragment;
}

/** Amounts of resources. */
export interface ResourceListFragment extends Builder<{ [resource: string]: string }> {
  /** Sets the CPU: `1` is `"1"`, `0.5` is `"500m"`; a string is taken as it is. */
  cpu(value: string | number): ResourceListFragment;
  /** Sets the memory: `2` is `"2Gi"`; a string is taken as it is. */
  memory(value: string | number): ResourceListFragment;
}

/** What a container requests and its limits. */
export interface ResourceRequirementsFragment
  extends Builder<{
    requests?: { [resource: string]: string };
    limits?: { [resource: string]: string };
  }> {
  /** Sets the least amounts that are needed. */
  requests(amounts: In<{ [resource: string]: string }>): ResourceRequirementsFragment;
  /** Sets the most that may be used. */
  limits(amounts: In<{ [resource: string]: string }>): ResourceRequirementsFragment;
}

/**
 * Metadata without anything set yet.
 *
 * ```ts
 * Service().metadata(metadata().name("web").namespace("shop").label("app", "web"))
 * ```
 */
export function metadata(): MetadataFragment;

/** Metadata with a name. */
export function name(value: string): MetadataFragment;

/** Metadata with a namespace. */
export function namespace(value: string): MetadataFragment;

/** Metadata with a label. */
export function label(key: string, value: string): MetadataFragment;

/** Metadata with labels. */
export function labels(values: { readonly [key: string]: string }): MetadataFragment;

/** Metadata with an annotation. */
export function annotation(key: string, value: string): MetadataFragment;

/** Metadata with annotations. */
export function annotations(values: { readonly [key: string]: string }): MetadataFragment;

/** An amount of CPU: `cpu(1)` is `"1"`, `cpu(0.5)` is `"500m"`; a string is taken as it is. */
export function cpu(value: string | number): ResourceListFragment;

/** An amount of memory: `memory(2)` is `"2Gi"`; a string is taken as it is. */
export function memory(value: string | number): ResourceListFragment;

/**
 * The least amounts that a container needs.
 *
 * ```ts
 * Container().resources(requests(cpu(0.25).memory("128Mi")).limits(memory("256Mi")))
 * ```
 */
export function requests(amounts: In<{ [resource: string]: string }>): ResourceRequirementsFragment;

/** The most that a container may use. */
export function limits(amounts: In<{ [resource: string]: string }>): ResourceRequirementsFragment;

/**
 * One value of several: of a scalar or an array the last one wins, objects (labels and
 * annotations among them) are merged key by key. The result is what the first item is: a fragment,
 * a builder or a plain object.
 *
 * ```ts
 * merge([common, name("web"), label("tier", "front")])
 * ```
 */
export function merge<T>(items: readonly [T, ...NoInfer<T | Partial<T>>[]]): T;
export function merge<T>(items: readonly T[]): T;

/** A document: a builder of a resource, or an object with `apiVersion` and `kind`. */
export type Resource =
  | { _render(): any }
  | { apiVersion: string; kind: string }
  | { apiVersion: string; kind: string; [field: string]: unknown };

/**
 * Hands over the resources that the entry renders to, in the order given. An entry calls it
 * exactly once, or has a default export instead.
 *
 * ```ts
 * build([deployment, service]);
 * ```
 */
export function build(resources: Resource | readonly Resource[]): void;

/**
 * What a function that an entry exports as default gets.
 *
 * ```ts
 * export default ({ params }: Context) => ConfigMap().data({ region: String(params.region) });
 * ```
 */
export interface Context {
  /** Parameters of the render. */
  readonly params: { readonly [key: string]: any };
}

/**
 * The value as a YAML document, as readers of YAML 1.1 and 1.2 understand alike. Builders are
 * resolved. It ends with a line feed.
 *
 * ```ts
 * ConfigMap().data({ "settings.yaml": toYaml({ level: "info" }) })
 * ```
 */
export function toYaml(value: unknown): string;

/**
 * The value as JSON. Builders are resolved.
 *
 * @param indent - How many spaces a level is indented by. Without it everything is on one line.
 */
export function toJson(value: unknown, indent?: number): string;
