# Manual pages and shell completions, written by the program that they describe, in the layout in which they are installed.
set(share ${CMAKE_BINARY_DIR}/share)
set(bash_folder bash-completion/completions)
set(zsh_folder zsh/site-functions)
set(fish_folder fish/vendor_completions.d)
add_custom_command(OUTPUT ${share}/written
  # Pages of subcommands that are no more must go.
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${share}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/${bash_folder} ${share}/${zsh_folder} ${share}/${fish_folder}
  COMMAND gigasim man --output ${share}/man/man1
  COMMAND gigasim completion bash > ${share}/${bash_folder}/gigasim
  COMMAND gigasim completion zsh > ${share}/${zsh_folder}/_gigasim
  COMMAND gigasim completion fish > ${share}/${fish_folder}/gigasim.fish
  COMMAND ${CMAKE_COMMAND} -E touch ${share}/written
  DEPENDS gigasim VERBATIM COMMENT "Writing manual pages and completions")
add_custom_target(gigasim_help_files ALL DEPENDS ${share}/written)
install(DIRECTORY ${share}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
foreach(shell bash zsh fish)
  install(DIRECTORY ${share}/${${shell}_folder}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/${${shell}_folder})
endforeach()
