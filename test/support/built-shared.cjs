// Generators that lie in `shared` are compiled on the fly; what they import there is its built self,
// which the server uses too: two copies would register every schema twice.
const SOURCE = /^(.*[\\/]shared[\\/])src([\\/].*)(?<!\.arbitrary)\.ts$/;

module.exports = (request, options) => {
  const found = options.defaultResolver(request, options);
  return found.replace(SOURCE, (_all, shared, file) => `${shared}dist${file}.js`);
};
