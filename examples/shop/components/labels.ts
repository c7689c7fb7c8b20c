import { metadata } from "husako";

/** The labels by which a component is selected. */
export function selectorOf(component: string) {
  return { "app.kubernetes.io/name": component, "app.kubernetes.io/part-of": "shop" };
}

/** The metadata that all objects of a component carry. */
export function metadataOf(component: string, namespace: string) {
  return metadata()
    .name(component)
    .namespace(namespace)
    .label("app.kubernetes.io/name", component)
    .label("app.kubernetes.io/part-of", "shop");
}
