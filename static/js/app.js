// Starts the components that this page has, each from its own module. What is marked `data-component="share"` is
// served by `components/share.js`; a module that fails leaves its part of the page as plain HTML, and the others alone.
const names = new Set([...document.querySelectorAll("[data-component]")].map((element) => element.dataset.component))

await Promise.all([...names].map(start))
// Whoever walks through the pages by a program can tell when they do all that they can.
document.documentElement.dataset.scripts = "ready"

async function start(name) {
  try {
    const [Component] = Object.values(await import(`./components/${name}.js`))
    for (const element of document.querySelectorAll(Component.selector)) new Component(element)
  } catch (error) {
    console.error(`The component ${name} did not start.`, error)
  }
}
