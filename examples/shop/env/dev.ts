import { build } from "husako";
import { shop } from "../components/shop";

build(
  shop({
    name: "dev",
    host: "dev.shop.example.com",
    image: { tag: "main" },
    replicas: { min: 1, max: 2 },
    cache: "standalone",
  }),
);
