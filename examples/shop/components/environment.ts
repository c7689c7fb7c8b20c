/** What differs between environments. */
export interface Environment {
  /** The namespace, which is also the name of the environment. */
  name: string;
  host: string;
  image: { tag: string };
  replicas: { min: number; max: number };
  cache: "standalone" | "replicated";
}
