# The relay as an image: docker build -t carparty-relay . && docker run -p 8080:8080 carparty-relay
# It writes nothing: run it with --read-only. Options are variables (RELAY_...) or flags behind the image's name.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY client/package.json ./client/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY build ./build
COPY src ./src
COPY client ./client
COPY pages ./pages
RUN npm run build
RUN npm ci --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production RELAY_IP=0.0.0.0
WORKDIR /app
COPY package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
HEALTHCHECK --start-period=15s --timeout=3s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RELAY_PORT ?? 8080}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main"]
