# One image for each process: --build-arg PROJECT=Silo or Gateway.
FROM ubuntu:26.04 AS build
ARG PROJECT
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates dotnet-sdk-10.0
WORKDIR /source
COPY . .
RUN dotnet publish src/${PROJECT} --configuration Release --use-current-runtime --self-contained false --output /app -p:UseAppHost=false

# With ICU, which international domain names need.
FROM ubuntu:26.04
RUN apt-get update \
    && apt-get install --yes --no-install-recommends aspnetcore-runtime-10.0 ca-certificates libicu-dev \
    && rm -rf /var/lib/apt/lists/*
ARG PROJECT
ENV APPLICATION=Otp.${PROJECT}.dll
ENV Urls=http://+:8080
WORKDIR /app
COPY --from=build /app .
USER nobody
EXPOSE 8080
# The shell is replaced, so that the process itself gets SIGTERM.
ENTRYPOINT ["/bin/sh", "-c", "exec dotnet $APPLICATION \"$@\"", "--"]
