; Windows installer of dist\anifro-desktop (made by PyInstaller on Windows): for one user, no administrator needed.
;   makensis -DVERSION=0.1.0 packaging/windows.nsi
; Data lie elsewhere (%LOCALAPPDATA%\anifro-desktop) and are not touched, neither by an update nor by removal.
Unicode true
SetCompressor /SOLID lzma
Name "Anifro"
OutFile "..\dist\anifro-desktop-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Anifro"
RequestExecutionLevel user
ShowInstDetails nevershow

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Anifro"

Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  RMDir /r "$INSTDIR"
  SetOutPath "$INSTDIR"
  File /r "..\dist\anifro-desktop\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Anifro.lnk" "$INSTDIR\anifro-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Anifro"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\Anifro.lnk"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
