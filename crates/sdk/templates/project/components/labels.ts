import { metadata } from "husako";

/** The labels by which the pods of an app are found. */
export function labelsOf(app: string) {
  return { "app.kubernetes.io/name": app };
}

/** The metadata that all objects of an app have in common. */
export function metadataOf(app: string, namespace: string) {
  return metadata().name(app).namespace(namespace).labels(labelsOf(app));
}
