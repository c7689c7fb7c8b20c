import { build } from "husako";
import { webApp } from "../components/web-app";

build(webApp({ name: "staging", image: "nginx:1.29", replicas: 2, host: "staging.example.com" }));
