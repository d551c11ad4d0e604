/** What `npm start -- --help` prints: everything that can be set, and what holds where it is not. */
export const HELP = `Shouwen 首问: customer service for water, heat, gas and power companies.

  npm start                      all services in one process on http://127.0.0.1:3000
  npm start -- intake            one service in this process, on MongoDB and Kafka; several names are allowed
  npm start -- --training        with a simulated clock that POST /training/clock/advance moves
  npm start -- --training --from 2026-01-01T00:00:00+08:00

Services
  intake, dispatch, notifications, audit; none named: all of them

Options
  --training          simulated clock, loopback only, kept with the data
  --from INSTANT      where the simulated clock of a new installation starts
  --help              this text

Environment
  PORT                port to listen on                            3000
  HOST                address to listen on                         127.0.0.1
  DATA_DIR            where files are kept; with the embedded
                      engine everything, for one process alone     ./data
  ADMIN_PASSWORD      password of admin at the first start         a random one, printed once; on servers needed
  MASTER_KEY_FILE     key that wraps the keys of personal data     in the data directory; on servers needed
  STANDARDS_DIR       folder of packs laid over the shipped ones   none
  METRICS             off: nothing is counted, no /metrics         on, for this machine only
  METRICS_PORT        port on which HOST shows /metrics to all     none
  OTEL_EXPORTER_OTLP_ENDPOINT
                      collector that spans are sent to, such as
                      http://127.0.0.1:4318                        none: nothing is traced
  OTEL_EXPORTER_OTLP_HEADERS
                      what is sent along, name=value,name=value    nothing
  FILES               photos, signatures and recordings, sealed:
                      directory, mongodb or s3                     with the engine: in DATA_DIR, on servers mongodb
  SHOUWEN_DEBUG       set: show the frames of an error at start    not set

Environment, on servers
  ENGINE              embedded, or kafka: MongoDB and Kafka        kafka where MONGO_URL or KAFKA_BROKERS is set
  MONGO_URL           replica set that keeps logs and documents    none
  MONGO_PREFIX        names of its databases begin with it         shouwen
  KAFKA_BROKERS       host:port,host:port; absent: all services
                      in this one process                          none
  KAFKA_PARTITIONS    of a topic that is made, fixed from then on  12
  KAFKA_TLS           on: brokers are spoken to over TLS           off
  KAFKA_CA_FILE       certificates that brokers are checked by     those of Node.js
  KAFKA_USER          who signs in at the brokers                  nobody
  KAFKA_PASSWORD      their password                               none
  KAFKA_MECHANISM     plain, scram-sha-256 or scram-sha-512        scram-sha-512
  PEERS               in training: addresses of the other
                      processes, http://127.0.0.1:3001,…           none

Environment, with FILES=s3
  S3_ENDPOINT         address of the store                         Amazon's own
  S3_BUCKET           bucket that is there                         none
  S3_PREFIX           names of its objects begin with it           shouwen/
  S3_REGION           where the bucket is                          us-east-1; at Amazon needed
  S3_STYLE            path or host: where the bucket is named      path; at Amazon host
  S3_ACCESS_KEY       who signs requests                           none
  S3_SECRET_KEY       what they are signed with                    none

  ADMIN_PASSWORD, MONGO_URL, KAFKA_PASSWORD, S3_ACCESS_KEY and S3_SECRET_KEY may stand in a file instead:
  ADMIN_PASSWORD_FILE names it.
`;
