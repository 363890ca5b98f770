// Jest cannot `require` an ES module on Node 20, Node itself can: @fastify/static asks for one.
const { createRequire } = process.getBuiltinModule('node:module');

const fromServer = createRequire(require.resolve('../../server/package.json'));
module.exports = createRequire(fromServer.resolve('@fastify/static'))('content-disposition');
