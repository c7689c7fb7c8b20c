/** What differs between environments. */
export interface Environment {
  /** The namespace. */
  name: string;
  /** The image to run, with its tag. */
  image: string;
  replicas: number;
  /** The host name under which the app is reached; none inside the cluster only. */
  host?: string;
}
