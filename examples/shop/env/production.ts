import { build } from "husako";
import { shop } from "../components/shop";

build(
  shop({
    name: "production",
    host: "shop.example.com",
    image: { tag: "2.2.4" },
    replicas: { min: 3, max: 12 },
    cache: "replicated",
  }),
);
