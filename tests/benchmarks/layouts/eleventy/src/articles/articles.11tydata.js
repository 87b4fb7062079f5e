export default { layout: "article.njk", tags: "article" };
