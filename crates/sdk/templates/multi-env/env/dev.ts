import { build } from "husako";
import { webApp } from "../components/web-app";

build(webApp({ name: "dev", image: "nginx:latest", replicas: 1 }));
