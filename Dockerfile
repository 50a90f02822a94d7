# The two images: docker build --target gateway . and docker build --target silo .
FROM ubuntu:26.04 AS build
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates dotnet-sdk-10.0
WORKDIR /source
COPY . .
RUN for project in Gateway Silo; do \
      dotnet publish "src/$project" --configuration Release --use-current-runtime --self-contained false --output "/app/$project" -p:UseAppHost=false || exit 1; \
    done

# With ICU, which international domain names need. The process writes to no file: the root file system may be read-only.
FROM ubuntu:26.04 AS runtime
RUN apt-get update \
    && apt-get install --yes --no-install-recommends aspnetcore-runtime-10.0 ca-certificates libicu-dev \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin otp
COPY --chmod=755 deploy/health-check /usr/local/bin/
ENV ASPNETCORE_HTTP_PORTS=8080
WORKDIR /app
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["health-check", "live"]

FROM runtime AS silo
COPY --from=build /app/Silo .
ENTRYPOINT ["dotnet", "Otp.Silo.dll"]

FROM runtime AS gateway
COPY --from=build /app/Gateway .
ENTRYPOINT ["dotnet", "Otp.Gateway.dll"]
