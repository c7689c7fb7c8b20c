import { name } from "husako";
import { Backup } from "k8s/storage.example.com/v1";

// A default export instead of `build()`.
export default Backup()
  .metadata(name("nightly").namespace("data"))
  .schedule("0 3 * * *")
  .target({ claimName: "postgres-data", exclude: ["*.tmp"] })
  .retention({ keep: 14, unit: "days" })
  .size("20Gi");
