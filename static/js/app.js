// Starts the components that this page has, each from its own module. What is marked `data-component="share"` is
// served by `components/share.js`; a module that fails leaves its part of the page as plain HTML, and the others alone.
const names = new Set([...document.querySelectorAll("[data-component]")].map((element) => element.dataset.component))

for (const name of names) start(name)

async function start(name) {
  try {
    const [Component] = Object.values(await import(`./components/${name}.js`))
    for (const element of document.querySelectorAll(Component.selector)) new Component(element)
  } catch (error) {
    console.error(`The component ${name} did not start.`, error)
  }
}
