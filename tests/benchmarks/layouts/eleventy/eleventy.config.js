import fs from "node:fs";
import footnote from "markdown-it-footnote";

const forms = new Map();
for (const entry of JSON.parse(fs.readFileSync(new URL("./glossary-data.json", import.meta.url)))) {
  for (const form of entry.forms) if (!forms.has(form)) forms.set(form, entry);
}
const escaped = [...forms.keys()].sort().reverse().map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
// Links, code and tags are found first, so that nothing is linked in them.
const found = new RegExp(`<a\\b[^>]*>.*?</a>|<code>.*?</code>|<[^>]*>|\\b(${escaped.join("|")})\\b`, "gs");
const linked = (html) =>
  html.replace(found, (all, form) => {
    if (!form) return all;
    const { slug, summary } = forms.get(form);
    return `<a class="term" href="/glossary/${slug}/" title="${summary}">${form}</a>`;
  });

export default function (config) {
  config.setQuietMode(true);
  config.amendLibrary("md", (md) => md.use(footnote));
  config.addPassthroughCopy({ "src/site.css": "site.css" });
  config.addFilter("day", (date) => new Date(date).toISOString().slice(0, 10));
  config.addTransform("glossary", function (html) {
    if (!this.page.inputPath.includes("/articles/")) return html;
    const begin = html.indexOf("<!--text-->");
    const end = html.lastIndexOf("<!--/text-->");
    return html.slice(0, begin) + linked(html.slice(begin, end)) + html.slice(end);
  });
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
