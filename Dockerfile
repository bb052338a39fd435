# docker build --tag fuhan .                          docs/operations.md, "In a container"
# docker build --tag fuhan --build-arg BROWSER=1 .    with Chromium and Chinese fonts, for lists that scripts fill
# By its tag, so that each build has Debian's newest corrections. The same bytes each time:
# --build-arg PYTHON=docker.io/library/python:3.11-slim-bookworm@sha256:…
ARG PYTHON=docker.io/library/python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ARG BROWSER=
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1 PIP_REQUIRE_HASHES=1
WORKDIR /source
COPY requirements-server.lock requirements.lock ./
# Of the developers' lock: what builds the wheel, and what drives Chromium.
RUN pick() { awk -v names="^($1)==" '/^[a-z]/ {taken = $0 ~ names} taken' requirements.lock; } \
    && pick 'hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers' >build.lock \
    && pick 'playwright|greenlet' >browser.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --requirement build.lock
RUN python -m venv /opt/fuhan \
    && /opt/fuhan/bin/pip install --requirement requirements-server.lock \
    && if [ -n "$BROWSER" ]; then /opt/fuhan/bin/pip install --no-deps --requirement browser.lock; fi
COPY . ./
RUN PIP_REQUIRE_HASHES=0 /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
    && PIP_REQUIRE_HASHES=0 /opt/fuhan/bin/pip install --no-deps /dist/fuhan-*.whl

FROM ${PYTHON}
ARG BROWSER=
# Debian has one version of each at a time.
# hadolint ignore=DL3008
RUN if [ -n "$BROWSER" ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends chromium fonts-noto-cjk \
        && rm -rf /var/lib/apt/lists/*; \
    fi \
    && useradd --system --uid 10001 --home-dir /var/lib/fuhan --create-home fuhan
COPY --from=build /opt/fuhan /opt/fuhan
ENV PATH=/opt/fuhan/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8 \
    FUHAN_CONFIG=/etc/fuhan/config.yaml \
    FUHAN_DATABASE=sqlite:////var/lib/fuhan/fuhan.db \
    FUHAN_REVIEW__HOST=0.0.0.0
USER 10001
WORKDIR /var/lib/fuhan
VOLUME /var/lib/fuhan
EXPOSE 8321
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=2m \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/healthz', timeout=9)"]
ENTRYPOINT ["fuhan"]
CMD ["serve"]
