import { build } from "husako";
import { shop } from "../components/shop";

build(
  shop({
    name: "staging",
    host: "staging.shop.example.com",
    image: { tag: "2.3.0-rc.1" },
    replicas: { min: 1, max: 3 },
    cache: "standalone",
  }),
);
