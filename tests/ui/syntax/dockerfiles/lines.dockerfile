from scratch as base
ENV A=1 \
    # between
    B="two \
three" \

    C='$x'
run echo "$A" && \
# at the margin
    cat < /dev/null || true \
    | tee --append log
ONBUILD RUN echo $Y
RUN cat <<A > a && cat <<-'B' > b; cat <<C \
  > c
$one
A
	$two
	B
$three
C
RUN <<A
FROM <<B
B
A
COPY a<<b c /d
LABEL org.opencontainers.image.title="x y"
NOTANINSTRUCTION here
RUN <<NEVER
echo open to the end
FROM scratch
