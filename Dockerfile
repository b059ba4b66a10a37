# The web server and the job worker, in one image: `compose.yaml` starts both.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/runtime.txt requirements/
RUN pip install --require-hashes --no-deps -r requirements/runtime.txt
COPY . .
RUN pip install --no-deps --no-build-isolation --editable . \
 && DJANGO_SETTINGS_MODULE=portal.settings.demo DATA_DIR=/tmp/build python manage.py messages compile
# Static files are named by their content, as production's settings have it; none of these values lives on.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=localhost BASE_URL=https://localhost EMAIL_URL=console: DEFAULT_FROM_EMAIL=build@localhost.example \
    DATA_DIR=/tmp/build STATIC_DIR=/srv/app/staticfiles \
    python manage.py collectstatic --noinput \
 && python -m compileall -q /opt/venv .

FROM python:3.11-slim
# pg_dump and pg_restore for backups: they have to be at least as new as the database server in compose.yaml.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --shell /usr/sbin/nologin register \
 && install --directory --owner register --group register /srv/data /srv/backups
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/app /srv/app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    DATA_DIR=/srv/data \
    STATIC_DIR=/srv/app/staticfiles \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=4
WORKDIR /srv/app
USER register
VOLUME /srv/data /srv/backups
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "portal.wsgi:application"]
