import { build } from "husako";
import { webApp } from "../components/web-app";

build(webApp({ name: "production", image: "nginx:1.29", replicas: 3, host: "www.example.com" }));
