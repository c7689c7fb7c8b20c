import { build } from "husako";
import { webApp } from "../components/web-app";

build(webApp({ name: "web", namespace: "dev", image: "nginx:1.29", replicas: 1 }));
