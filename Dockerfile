# The image holds what was built and nothing to build with. It needs a PostgreSQL (DATABASE_URL): see docker-compose.yml.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# The optional packages are the embedded PostgreSQL, which an image does not use.
RUN npm prune --ignore-scripts --omit=dev --omit=optional --omit=peer

FROM node:24-slim
ENV NODE_ENV=production TIDEMARK_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/cli/built.js ./src/cli/built.js
# The program belongs to root and is read by `node`; only the data folder can be written.
RUN install -d -o node -g node -m 0711 /data
USER node
VOLUME /data
EXPOSE 4400
ENTRYPOINT ["node", "src/cli/built.js"]
CMD ["--help"]
