# One image for the event-collector, the correlator and the alert-bridge: the command is its argument.
#   docker build -t causeline:0.1.0 .
#   docker run causeline:0.1.0 correlator

FROM eclipse-temurin:17-jdk-noble AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -pl standalone -am -Dmaven.test.skip=true -Dspotless.check.skip=true package \
 && mkdir /app \
 && cp standalone/target/lib/*.jar standalone/target/causeline-standalone-*.jar /app/

FROM eclipse-temurin:17-jre-noble
# A numeric user, so that a cluster can tell that it is not root without looking inside.
RUN install -d -o 10001 -g 10001 /var/lib/causeline
COPY --from=build /app /opt/causeline/lib
COPY --chmod=755 docker/ready /opt/causeline/bin/ready
# What is written: the correlator's state below the working directory, and native libraries unpacked
# into /tmp. With a read-only root file system mount both, and let /tmp be executable.
WORKDIR /var/lib/causeline
# By default each start leaves another copy of the library behind when the process is killed.
ENV ROCKSDB_SHAREDLIB_DIR=/tmp
USER 10001:10001
EXPOSE 8080
# Half the container's memory is heap; the correlator's stores, buffers and threads need the rest.
# The collector's options are those of the launcher, which tells why.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
            "-XX:MaxGCPauseMillis=50", "-XX:MaxTenuringThreshold=3", \
            "-cp", "/opt/causeline/lib/*", "io.causeline.standalone.Main"]
CMD ["--help"]
