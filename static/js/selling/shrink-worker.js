// Makes photos smaller beside the page. Whatever fails is answered with nothing, and the photo goes as it is.
import { shrinkHere } from "./shrink.js"

addEventListener("message", async ({ data }) => {
  postMessage(await shrinkHere(data).catch(() => null))
})
