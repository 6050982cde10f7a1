# cmake -DNPM=npm -DNODE=node -DWEB=source-folder -DWORK=build-folder -DOUTPUT=europe_map.txt -DREQUIRED=ON|OFF -P make_map.cmake
# Fetches the map's packages as locked and draws the map. Where that is impossible (no npm, no network) the map is empty, and
# the report says so; with REQUIRED the build fails instead.
cmake_minimum_required(VERSION 3.25)

function(give_up why)
  if(REQUIRED)
    message(FATAL_ERROR "The map of Europe cannot be made: ${why}")
  endif()
  message(STATUS "No map of Europe in the HTML report: ${why}")
  file(WRITE ${OUTPUT} "")
endfunction()

if(NOT NPM OR NOT NODE)
  give_up("npm and node are not installed")
  return()
endif()
file(COPY ${WEB}/package.json ${WEB}/package-lock.json ${WEB}/.npmrc DESTINATION ${WORK})
execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1
    --fetch-retry-mintimeout=1000 --fetch-timeout=60000
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output TIMEOUT 180)
if(failed)
  string(REGEX MATCH "code [A-Z0-9_]+" reason "${output}")
  give_up("npm ci failed (${reason})")
  return()
endif()
execute_process(COMMAND ${NODE} ${WEB}/europe_map.mjs ${OUTPUT}
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed ERROR_VARIABLE output)
if(failed)
  give_up("node failed: ${output}")
endif()
