/* Written by math_tables.py: x, f(x), what f(x) lacks in units in the last place. */
FUNCTION(sin)
ROW(-0x1.d4038644ed68ep+2, -0x1.b6d02730f9810p-1, -0.210)
ROW(0x1.9b4cf118d71bbp+21, -0x1.369d79a7cdae2p-2, -0.149)
ROW(0x1.33156767c1573p+527, 0x1.eab73bbf56e6ap-4, -0.470)
ROW(-0x1.029b1251c3578p+0, -0x1.b1a0664c617f7p-1, 0.493)
ROW(0x1.cd60bc02fde63p+21, 0x1.f4e759566ada2p-1, -0.354)
ROW(0x1.bf7aec2672989p+92, -0x1.399fbb70b4b0cp-1, 0.134)
ROW(0x1.adc7825e5e918p+2, 0x1.acd85189301bap-2, -0.368)
ROW(0x1.987abdc3a413fp+21, 0x1.0cdbed411ba2bp-1, 0.257)
ROW(0x1.a30a7667c580cp+480, 0x1.7d04ebff92c90p-2, -0.442)
ROW(0x1.1b923ce04acecp+2, -0x1.ebd5c42224433p-1, -0.484)
ROW(0x1.da5fe78f26c94p+22, -0x1.eff0aedb22fd5p-1, -0.353)
ROW(0x1.daea2a7b95d34p+94, -0x1.f755d8bc3d3f7p-1, 0.242)
ROW(-0x1.2fb6f33c094b9p+3, 0x1.0f62b5e549ebbp-4, 0.121)
ROW(0x1.cd303bc070df4p+22, 0x1.1c422031cd440p-1, 0.445)
ROW(0x1.dfcd631b42b2dp+267, -0x1.777d6c4a069b7p-2, 0.381)
ROW(-0x1.8ec35caf744f8p+0, -0x1.fff4b4a75aeedp-1, -0.253)
END FUNCTION(cos) ROW(-0x1.2d69f515ca266p+3, -0x1.fffdf30c7811ep-1,
                      -0.125) ROW(0x1.6ed03d56b7565p+19, -0x1.ae12276e074a4p-1, -0.475)
    ROW(0x1.2e4583e9dfbe8p+283, -0x1.21ff46872bbd0p-1, 0.315) ROW(-0x1.587da6d3b448cp+2,
                                                                  0x1.3e0ea86a74d11p-1, 0.425)
        ROW(0x1.9564c889b2783p+19, 0x1.2c26bff9f5ec7p-2, 0.414) ROW(0x1.582c7e7521da6p+86,
                                                                    -0x1.b41b6e2b2baeap-2, 0.406)
            ROW(0x1.b0198d129a698p+2, 0x1.c8dbfe127da78p-1, -0.134)
                ROW(0x1.d62446c5c3acap+20, -0x1.c0a249363c22bp-5, -0.225)
                    ROW(0x1.8fb224aa8641dp+989, 0x1.a7a3199c2e174p-1, 0.095)
                        ROW(0x1.ccbb474f6c268p+2, 0x1.37e9070cca2ecp-1, -0.465)
                            ROW(0x1.c3f334cae600ep+18, -0x1.a292c6c412288p-1, -0.459)
                                ROW(0x1.ed51e4c76dad8p+727, 0x1.b4be7cb5ab8bcp-1, -0.166)
                                    ROW(0x1.17526cfd60776p+3, -0x1.88ed2faab0d43p-1, 0.493)
                                        ROW(0x1.1707c529313a3p+22, 0x1.f2dab5ce8e9bep-1, 0.258)
                                            ROW(0x1.87ba597e21246p+348, 0x1.dcdb37354e7e4p-1, 0.283)
                                                ROW(0x1.c069a6ef02468p+0, -0x1.704bd3dac40f2p-3,
                                                    0.099) END
    FUNCTION(tan) ROW(0x1.e992b80fe5de8p+2, 0x1.34bc7e94b0a34p+2,
                      0.111) ROW(0x1.f44eeb51c12b0p+19, 0x1.49260554f3b38p+0,
                                 -0.297) ROW(0x1.776eef1db01eep+98, 0x1.035ca1f4278e3p-6, 0.342)
        ROW(-0x1.494af72900caep+2, 0x1.150a0e912d8cap+1, -0.103) ROW(0x1.4913cff022f3fp+19,
                                                                     0x1.63636159eb992p-2, -0.223)
            ROW(0x1.dd1b5a7e5b780p+576, 0x1.164992dac0f6ep+0, -0.433)
                ROW(0x1.03e4659c224f6p+2, 0x1.4fa75fbbaa769p+0, 0.014)
                    ROW(0x1.123498a1b1233p+19, 0x1.22cd7bbdcd3d2p-1, 0.402)
                        ROW(0x1.45741bd17776bp+539, -0x1.0864f082b2cdep-1, -0.120)
                            ROW(0x1.6468137a31150p+2, -0x1.bbf35c2dd1367p-1, -0.120)
                                ROW(0x1.2aa984efd645cp+19, 0x1.88463e7e55da1p+3, 0.271)
                                    ROW(0x1.edac8d10930f1p+93, -0x1.b7df562e7c60ep+3, 0.355)
                                        ROW(-0x1.242b0ad751514p+3, 0x1.36a05b83abf2fp-2, -0.425)
                                            ROW(0x1.1a7085dee1e58p+23, 0x1.4d569f9e6cdf6p+0, -0.165)
                                                ROW(0x1.748ee070b2b2fp+432, -0x1.371723ded01f5p+0,
                                                    -0.326) ROW(-0x1.a5f3f9a50660cp+2,
                                                                -0x1.47d30470c2ee3p-2, 0.178) END
    FUNCTION(asin) ROW(0x1.25698e8624300p-8, 0x1.2569cec3ab045p-8,
                       -0.314) ROW(0x1.4987bda595b34p-17, 0x1.4987bda5ac737p-17,
                                   -0.159) ROW(0x1.1504049989c08p-1, 0x1.24b3559ab307ep-1, -0.319)
        ROW(0x1.6a21925d67111p-18, 0x1.6a21925d6e9d7p-18,
            -0.356) ROW(0x1.70efcdc62ff46p-1, 0x1.9bf97caf12f72p-1,
                        -0.105) ROW(0x1.379f1c3325039p-19, 0x1.379f1c3326376p-19, 0.282)
            ROW(0x1.c34515804f900p-6, 0x1.c353b2248915bp-6, 0.427)
                ROW(0x1.3f98535e9c025p-17, 0x1.3f98535eb0c37p-17, -0.239)
                    ROW(0x1.3ea5c4b4e0598p-3, 0x1.3ff287ef81916p-3, -0.373)
                        ROW(0x1.341e3b1dddfd0p-18, 0x1.341e3b1de2a34p-18, 0.097)
                            ROW(-0x1.d88400573db2cp-2, -0x1.eb2132c19aa9dp-2, 0.268)
                                ROW(0x1.6fc10c91c8115p-18, 0x1.6fc10c91cff91p-18, 0.336)
                                    ROW(0x1.d4164a5d5cfc2p-1, 0x1.2752f968bc24bp+0, 0.389)
                                        ROW(0x1.ea691594ed86fp-25, 0x1.ea691594ed874p-25, -0.313)
                                            ROW(0x1.2276846db0824p-1, 0x1.34db6023b3c7bp-1, 0.001)
                                                ROW(0x1.134f3403034f4p-17, 0x1.134f34031093ap-17,
                                                    -0.473) END
    FUNCTION(acos) ROW(0x1.8b72a8f81f6e4p-1, 0x1.6062395224af9p-1,
                       -0.040) ROW(0x1.f0f18477ff14cp-18, 0x1.921f3907e1b38p+0,
                                   -0.015) ROW(0x1.3c8f2b908b3ecp-1, 0x1.cef917bebf960p-1, 0.079)
        ROW(0x1.5c144026ff974p-18, 0x1.921f5e3f32c7cp+0,
            0.177) ROW(0x1.f6a4c4d26aba0p-4, 0x1.72a116436dcecp+0,
                       -0.326) ROW(0x1.1df1d245ac8a6p-18, 0x1.921f6dc7ce402p+0, -0.478)
            ROW(-0x1.c6879d426b418p-1, 0x1.54e4f9b49301ap+1, -0.112)
                ROW(0x1.23ed4da353dc3p-17, 0x1.921f234d9bffdp+0, 0.161)
                    ROW(0x1.1eb79f1bda790p-3, 0x1.6e2a84589a6efp+0, 0.014)
                        ROW(0x1.0c384d4b37f56p-19, 0x1.921f93bd39282p+0, -0.167)
                            ROW(0x1.355c4d3a92b80p-7, 0x1.8fb4fa4f6c37ep+0, 0.469)
                                ROW(0x1.456d7ffad41bdp-18, 0x1.921f63e8e2d2dp+0, -0.124)
                                    ROW(-0x1.254b4d95e8468p-2, 0x1.dc7d25af98177p+0, -0.065)
                                        ROW(0x1.d07f77afa816ap-19, 0x1.921f7b3453db9p+0, -0.069)
                                            ROW(0x1.3b37e229127a0p-4, 0x1.7e673945b6ca6p+0, -0.190)
                                                ROW(0x1.a26aac20387f9p-18, 0x1.921f4ca997c97p+0,
                                                    0.211) END
    FUNCTION(atan) ROW(0x1.5974377f2822cp-1, 0x1.2fe6456172229p-1, -0.287)
        ROW(0x1.3375055b86777p-18, 0x1.3375055b7d3a3p-18,
            0.403) ROW(0x1.74c7279df39d9p+14, 0x1.921cf60c90b12p+0,
                       -0.378) ROW(-0x1.efcdb296413a7p+0, -0x1.181b5acc81f2ap+0,
                                   0.377) ROW(0x1.88399cefa0458p-18, 0x1.88399cef8d170p-18, 0.169)
            ROW(0x1.d71c8c1559134p+25, 0x1.921fb4feb4d38p+0,
                -0.497) ROW(0x1.c85783e371d1cp+0, 0x1.0f3f53879eaccp+0, -0.006)
                ROW(0x1.11f36fa5491cbp-17, 0x1.11f36fa52ef81p-17, -0.147)
                    ROW(0x1.ac7a8159a4c12p+26, 0x1.921fb51e05fccp+0, 0.292)
                        ROW(0x1.09e7020d86edcp+0, 0x1.9bd651c82e302p-1, -0.068)
                            ROW(0x1.bedc20bff678dp-21, 0x1.bedc20bff6076p-21, -0.402)
                                ROW(0x1.31b3ff136e5e2p+10, 0x1.91ea1d150b73cp+0, 0.424)
                                    ROW(0x1.8894cf35fd610p+0, 0x1.fc63fabab9c73p-1, -0.356)
                                        ROW(0x1.4ef3e5a24c51dp-19, 0x1.4ef3e5a249554p-19, 0.103)
                                            ROW(0x1.5649e86e5c325p+22, 0x1.921fb24667935p+0, -0.393)
                                                ROW(-0x1.ddeed69087e40p-1, -0x1.8082d7ffd103cp-1,
                                                    -0.087) END
    FUNCTION(sinh) ROW(-0x1.4a9cb86fec3ffp+1, -0x1.a51ed511e7a85p+2,
                       0.279) ROW(0x1.ac7dd3474ce18p-20, 0x1.ac7dd3474da99p-20,
                                  0.219) ROW(0x1.32a91484bd9f0p+5, 0x1.3ba6fad9247aep+54, -0.117)
        ROW(-0x1.fdbab781ec050p+0, -0x1.cbfc2bfe40732p+1,
            0.271) ROW(0x1.6e4cafbbcd9d6p-19, 0x1.6e4cafbbcf915p-19,
                       0.410) ROW(0x1.2839d4748946ap+8, 0x1.4962bd3d7958ap+426, -0.368)
            ROW(-0x1.16502ce462328p-2, -0x1.19c09a938249cp-2, -0.145)
                ROW(0x1.b02ef6e792b10p-19, 0x1.b02ef6e795e63p-19, -0.276)
                    ROW(-0x1.25c3bf8822130p+5, -0x1.f7c31bc38340fp+51, 0.346)
                        ROW(-0x1.6dd940c20c2acp+1, -0x1.15f64272eec67p+3, -0.500)
                            ROW(0x1.036a01426726bp-18, 0x1.036a014269ed1p-18, -0.477)
                                ROW(-0x1.badafb42a86c0p+6, -0x1.a787bbc2e6d05p+158, 0.121)
                                    ROW(-0x1.df2befce62198p+0, -0x1.96233dd0efc13p+1, 0.346)
                                        ROW(0x1.23f47747b187fp-20, 0x1.23f47747b1c74p-20, -0.404)
                                            ROW(0x1.17df79aae368ep+9, 0x1.74e5b9f5af1c1p+806, 0.297)
                                                ROW(0x1.f1387f7114780p-5, 0x1.f186aaca8df8ap-5,
                                                    0.425) END
    FUNCTION(cosh) ROW(-0x1.bed613869c9f6p+0, 0x1.79cbdc0297856p+1,
                       -0.043) ROW(0x1.9671a4e1efc5dp-18, 0x1.00000000142a6p+0,
                                   0.331) ROW(0x1.bbdb0463b8cb0p+8, 0x1.45e04fef8429cp+639, -0.100)
        ROW(-0x1.7002fe4a5d355p+1, 0x1.1c890775da8f8p+3,
            0.104) ROW(0x1.7fa33deb74f8cp-23, 0x1.0000000000048p+0,
                       -0.136) ROW(-0x1.eef41cbbd164cp+8, 0x1.0c2dc6994e976p+713, -0.158)
            ROW(0x1.50219bf84cad0p+0, 0x1.fe413558008bep+0, -0.430)
                ROW(0x1.ae1b90309db87p-20, 0x1.0000000001695p+0, 0.019)
                    ROW(0x1.1e72a8329aa82p+8, 0x1.31e7634c3658ap+412, -0.258)
                        ROW(0x1.11ad92d1eb708p+0, 0x1.a0c33b4830a12p+0, -0.306)
                            ROW(0x1.6d8b1e804dfd1p-18, 0x1.00000000104fbp+0, 0.001)
                                ROW(-0x1.87290ce107780p+8, 0x1.40b45f20052dap+563, 0.202)
                                    ROW(0x1.6d41afdc8dd94p+1, 0x1.1683e1b5dd6c1p+3, -0.437)
                                        ROW(0x1.0bb36e4bd8d19p-17, 0x1.0000000022fe0p+0, -0.454)
                                            ROW(0x1.73d4451e5db60p+4, 0x1.70f19a2043526p+32, 0.119)
                                                ROW(-0x1.a92bd91b697dfp+0, 0x1.5d085c9d7228dp+1,
                                                    0.111) END
    FUNCTION(tanh) ROW(0x1.c836330bc9f58p-1, 0x1.6c7efb444c590p-1,
                       -0.057) ROW(0x1.0902f6251e336p-18, 0x1.0902f6251848cp-18, -0.456)
        ROW(0x1.8454d2022aae8p+1, 0x1.fda22260f2ee3p-1,
            0.247) ROW(-0x1.1291020150563p+0, -0x1.94b0b54d34147p-1,
                       -0.393) ROW(0x1.a76c046647957p-18, 0x1.a76c04662f739p-18, 0.055)
            ROW(-0x1.1a60a58500ffap+4, -0x1.ffffffffffff8p-1, 0.438)
                ROW(-0x1.35575ce7de6a0p+0, -0x1.ac20daca10b00p-1, 0.026)
                    ROW(0x1.44c642e1a8638p-17, 0x1.44c642e17cd44p-17, -0.344)
                        ROW(0x1.e0af0fa797264p+3, 0x1.ffffffffff9b1p-1, -0.191)
                            ROW(-0x1.2963e0f26ba20p+0, -0x1.a4a703aa470a6p-1, 0.049)
                                ROW(0x1.2011d372b312bp-17, 0x1.2011d37294ad1p-17, -0.266)
                                    ROW(-0x1.e57817da80eacp+2, -0x1.ffffeeb244f15p-1, -0.316)
                                        ROW(0x1.515f9ebc98b1ap+1, 0x1.fac47b65ea489p-1, 0.405)
                                            ROW(0x1.f32f1a59211b0p-18, 0x1.f32f1a58f9903p-18, 0.163)
                                                ROW(-0x1.ad32b116701d0p+1, -0x1.febfb7536a63dp-1,
                                                    -0.089) ROW(-0x1.7c60c1a6f7040p+0,
                                                                -0x1.ce1c2639cae96p-1, 0.458) END
    FUNCTION(asinh) ROW(-0x1.797cb66a2bcfbp+1, -0x1.cd5f18842f2e7p+0,
                        0.014) ROW(0x1.26d94aeeabe32p-17, 0x1.26d94aee9b972p-17, -0.397)
        ROW(0x1.542b30a2a39d7p+818, 0x1.1bfc641c58ee5p+9,
            0.484) ROW(0x1.62f870567a614p+1, 0x1.be828262c91f3p+0,
                       0.315) ROW(0x1.7eb574b921cf5p-18, 0x1.7eb574b918e68p-18,
                                  -0.387) ROW(0x1.180d81b1f93f0p+866, 0x1.2c86322bee3e8p+9, 0.484)
            ROW(0x1.6bdc006ae1b44p+1, 0x1.c47970cb7ecdfp+0, 0.494) ROW(0x1.d876413fa510dp-18,
                                                                       0x1.d876413f944d8p-18, 0.138)
                ROW(0x1.d56183414cdaap+382, 0x1.0a14e437a95adp+8, -0.033)
                    ROW(-0x1.d63a7359f9698p-1, -0x1.a51daa4c0cd06p-1, -0.426)
                        ROW(0x1.142b339365cc9p-19, 0x1.142b339364f65p-19, -0.250)
                            ROW(0x1.162cc179c2b65p+437, 0x1.2fae793cb3e6fp+8, -0.035)
                                ROW(-0x1.d5d5716177f9fp+0, -0x1.5e1142ce6065ep+0, -0.003)
                                    ROW(0x1.184fc78ec667cp-20, 0x1.184fc78ec62fcp-20, -0.215)
                                        ROW(0x1.0da0cc58bae29p+302, 0x1.a426a2f258281p+7, -0.065)
                                            ROW(-0x1.3ab1f2ca4e000p-10, -0x1.3ab1edd630a8bp-10,
                                                0.472) END
    FUNCTION(acosh) ROW(0x1.00d537f179d35p+0, 0x1.4a50ed8ef26b8p-4,
                        -0.248) ROW(0x1.1f22964cdfd81p+2, 0x1.173d5191ec201p+1, -0.340)
        ROW(0x1.c2dd5c45da3c4p+27, 0x1.3f95f54abf4b1p+4, 0.484) ROW(0x1.0083a18b27878p+0,
                                                                    0x1.038fecae54879p-4, -0.255)
            ROW(0x1.27cda133e9b3cp+1, 0x1.7af6652cf8cadp+0, -0.332) ROW(0x1.239ae075d20d9p+782,
                                                                        0x1.0f6ea6ca54ffap+9, 0.483)
                ROW(0x1.00de3acf2d674p+0, 0x1.51385625bd0bcp-4, 0.022)
                    ROW(0x1.da247ba21dd56p+0, 0x1.3a1e7ccb99e67p+0, 0.023)
                        ROW(0x1.5e40ad772a0fbp+836, 0x1.223d2434cb8c7p+9, 0.483)
                            ROW(0x1.0262eb1b0e244p+0, 0x1.176be603e3a34p-3, 0.470)
                                ROW(0x1.300d153a8642cp+1, 0x1.82bf670aa97b4p+0, -0.470)
                                    ROW(0x1.d647d3feb7c9fp+687, 0x1.dd7e504447ccfp+8, -0.033)
                                        ROW(0x1.013d8565af8cfp+0, 0x1.9309bf24fc360p-4, 0.326)
                                            ROW(0x1.3c4a44710a684p+2, 0x1.23e8504991f27p+1, -0.294)
                                                ROW(0x1.a55c306a0a898p+725, 0x1.f7b9213e07003p+8,
                                                    -0.033) ROW(0x1.00377efc33db5p+0,
                                                                0x1.511ae76d97d1cp-5, -0.381) END
    FUNCTION(atanh) ROW(-0x1.523bb2eaae680p-1, -0x1.9679d49c6acf3p-1,
                        -0.118) ROW(0x1.31ad4136eeb91p-17, 0x1.31ad4137130a9p-17,
                                    -0.022) ROW(-0x1.25ebaa5db1d9cp-1, -0x1.4e9fcc4f6cffap-1, 0.015)
        ROW(0x1.fd6f2aca081c8p-18, 0x1.fd6f2aca3223cp-18,
            0.479) ROW(0x1.9a74930303d08p-3, 0x1.a0165d04e434dp-3,
                       -0.046) ROW(0x1.1a3cb497f011cp-17, 0x1.1a3cb4980ca84p-17, -0.228)
            ROW(-0x1.0e1d64a941060p-2, -0x1.14a7b902dd8c0p-2, 0.249)
                ROW(0x1.c8b91dcfc5eedp-19, 0x1.c8b91dcfcd812p-19, -0.430)
                    ROW(-0x1.ab9751c3ca9f0p-2, -0x1.c76b1ac5ef7e9p-2, -0.261)
                        ROW(0x1.230ecba4d985bp-17, 0x1.230ecba4f8e00p-17, 0.127)
                            ROW(0x1.a9e9958f1fd88p-3, 0x1.b0378f3a1f9c2p-3, 0.114)
                                ROW(0x1.403662e9a59e9p-17, 0x1.403662e9cf5e8p-17, -0.193)
                                    ROW(0x1.8c8f393e90c36p-1, 0x1.0813d18933ce0p+0, 0.334)
                                        ROW(0x1.6b510c25a47fdp-20, 0x1.6b510c25a573cp-20, -0.216)
                                            ROW(0x1.a3304314bd3e0p-4, 0x1.a4a94905550a1p-4, -0.268)
                                                ROW(0x1.17e93ba606d7dp-20, 0x1.17e93ba607476p-20,
                                                    -0.243) END
    FUNCTION(exp) ROW(-0x1.d7ec42cbf4910p+0, 0x1.44236596cb004p-3, -0.329)
        ROW(-0x1.2a6f6ba7a416fp+9, 0x1.dd070cc3679dcp-862,
            -0.250) ROW(-0x1.64d790d594e8dp+9, 0x0.014b2e6903bb3p-1022,
                        -0.090) ROW(0x1.2707ff92dba80p+0, 0x1.953f28d462e1ap+1,
                                    -0.286) ROW(0x1.d35d6afda4c70p+8, 0x1.33a0ca61142f3p+674, 0.117)
            ROW(-0x1.6e08c7842fc62p+9, 0x0.00000000399c7p-1022,
                0.476) ROW(0x1.d7cd4f2cc0bb0p-2, 0x1.95d3270863511p+0,
                           -0.128) ROW(0x1.91b3c1b89ef28p+8, 0x1.729aabbc476afp+579, 0.493)
                ROW(-0x1.6d6261e915134p+9, 0x0.00000000d3633p-1022,
                    0.046) ROW(0x1.21ebcf19bd9c8p-2, 0x1.53c821d15ae8bp+0, 0.236)
                    ROW(-0x1.80c9706911b3ap+8, 0x1.d3d8799b06df6p-556, -0.436)
                        ROW(-0x1.7291ca498abe0p+9, 0x0.000000000001bp-1022, 0.142)
                            ROW(-0x1.ddbffea296738p-1, 0x1.92c53125ab32fp-2, -0.191)
                                ROW(0x1.158bd03aa6f00p+9, 0x1.c6bd5c4d9999cp+800, -0.001)
                                    ROW(-0x1.6a1f473744cb9p+9, 0x0.00000232b6340p-1022, -0.150)
                                        ROW(0x1.b344d10ea1e8ep+0, 0x1.5e6d43f3608c9p+2, 0.324) END
    FUNCTION(exp2) ROW(-0x1.59f44869b7e70p-3, 0x1.c76d6504dbe64p-1,
                       0.283) ROW(-0x1.bda26c7b113cap+8, 0x1.49d1c0ad2c886p-446,
                                  -0.340) ROW(0x1.25e72c05db314p+0, 0x1.1baaf5d56a483p+1, -0.134)
        ROW(0x1.47c4a5e9f79d2p+9, 0x1.73445a5b30e59p+655,
            0.139) ROW(-0x1.f35233317308ep+0, 0x1.08f0e1618a883p-2,
                       -0.292) ROW(0x1.54d2c259a3150p+8, 0x1.c4f8d4a87c472p+340, 0.126)
            ROW(-0x1.a21dd1cb114dcp+0, 0x1.4a18072a704f6p-2, -0.114)
                ROW(-0x1.80e5c2a9bc293p+9, 0x1.271649ac9d22fp-770, 0.489)
                    ROW(0x1.8a4d2fe51abaap+0, 0x1.74476a162871bp+1, 0.298)
                        ROW(-0x1.cbf9f97c827e4p+9, 0x1.087da5aabdbc0p-920, 0.115)
                            ROW(-0x1.0a9d8d1b7456cp+0, 0x1.f17e4cd402dffp-2, -0.283)
                                ROW(0x1.e828935d595f4p+9, 0x1.3ee87d4fe8114p+976, -0.345)
                                    ROW(-0x1.438741ad0bbc8p-2, 0x1.9b4d513b97800p-1, -0.163)
                                        ROW(-0x1.80711b13a2ecap+9, 0x1.1580d91d268c2p-769, 0.042)
                                            ROW(-0x1.54996fa8d8986p+0, 0x1.972edd5911225p-2, -0.260)
                                                ROW(-0x1.0294683221c49p+9, 0x1.ca6f19c8687e1p-518,
                                                    -0.004) END
    FUNCTION(expm1) ROW(0x1.f3b9a2d853288p-1, 0x1.a765312b60cbfp+0,
                        -0.109) ROW(0x1.140b164772f6fp-20, 0x1.140b1f94b2709p-20,
                                    0.387) ROW(0x1.3d6dd3c6439f9p+9, 0x1.dfe0d9b6cb920p+915, -0.051)
        ROW(-0x1.f293886314170p-2, -0x1.8ab7951354ffap-2, -0.082) ROW(0x1.45910bcdb3059p-17,
                                                                      0x1.459173502f7fcp-17, 0.364)
            ROW(0x1.3cddc58f56545p+9, 0x1.3773c5293dbd4p+914,
                -0.333) ROW(-0x1.a5d6f673257f8p-1, -0x1.1f60c4f84f318p-1, -0.426)
                ROW(0x1.541f0f4b3bceep-19, 0x1.541f2b8965a57p-19, -0.463)
                    ROW(0x1.3e37a59071c79p+8, 0x1.1098a16b3733dp+459, -0.162)
                        ROW(-0x1.9977bee56ce26p+0, -0x1.9893588ea6076p-1, -0.386)
                            ROW(0x1.b5955f0c9e559p-18, 0x1.b595bc8b955c0p-18, 0.408)
                                ROW(-0x1.13c646c325a80p+0, -0x1.51a5b3a5e2edep-1, -0.191)
                                    ROW(-0x1.f53de01b482c6p+0, -0x1.b7bbfcda50ef2p-1, -0.173)
                                        ROW(0x1.49b34a73fdc40p-17, 0x1.49b3b49ba9491p-17, -0.189)
                                            ROW(0x1.7380b7379551cp+7, 0x1.f9de81aa20c14p+267, 0.200)
                                                ROW(0x1.8b8da8a3f7f98p-2, 0x1.e2d1016d677eep-2,
                                                    0.138) END
    FUNCTION(log) ROW(0x1.cca40bb2151aap-1, -0x1.b0f8d4cb3572ap-4,
                      -0.164) ROW(0x1.fe1686e830adbp-1, -0x1.ea63a54de3b72p-9, 0.033)
        ROW(0x1.cf67bc0ad32d7p+912, 0x1.3c5f30063d98ap+9, -0.000) ROW(0x1.f08b5da67e1b2p+0,
                                                                      0x1.53329abe513c5p-1, -0.150)
            ROW(0x1.0267c58c73a5dp+0, 0x1.3272ca2acfaecp-7, 0.430) ROW(0x1.e496812d8b405p+237,
                                                                       0x1.49d3f83a63c9cp+7, 0.000)
                ROW(0x1.3c512ef1c96f6p+0, 0x1.b14a77e42ffb8p-3, 0.040)
                    ROW(0x1.02751576f86a7p+0, 0x1.390ab778f7460p-7, 0.080)
                        ROW(0x1.1d83891b6db26p+695, 0x1.e1d8ade573566p+8, -0.001)
                            ROW(0x1.52dbf656c5de8p+0, 0x1.1f23189f1c987p-2, -0.140)
                                ROW(0x1.fd8875588df56p-1, -0x1.3c88b40d1080ep-8, -0.149)
                                    ROW(0x1.f88d87795049dp+326, 0x1.c549f8c2553f1p+7, -0.001)
                                        ROW(0x1.f896b45c47574p-2, -0x1.6a5b593bbf922p-1, -0.038)
                                            ROW(0x1.fbb695558791fp-1, -0x1.1382579f1972cp-7, 0.279)
                                                ROW(0x1.6c4ee507f3bdbp+980, 0x1.53d18b2bd43d2p+9,
                                                    -0.000) ROW(0x1.caa6e28b95200p-1,
                                                                -0x1.c2b21227ebbd9p-4, 0.421) END
    FUNCTION(log2) ROW(0x1.4dd45324c240ap+0, 0x1.88288c5ab6b32p-2,
                       0.070) ROW(0x1.00bc0b3a74f67p+0, 0x1.0ee6c757645d6p-8, 0.088)
        ROW(0x1.49d478b9e9b9fp+407, 0x1.975d96905a57ap+8,
            0.337) ROW(0x1.3a25a98541334p-1, -0x1.68cee485a5d3dp-1,
                       -0.122) ROW(0x1.fe3b1fad0a03dp-1, -0x1.473f31354b6c3p-8,
                                   -0.002) ROW(0x1.bfbc03fa5154dp+848, 0x1.a8673b5feae8cp+9, 0.297)
            ROW(0x1.c978dd3af76c2p+0, 0x1.acd20c02dbdfep-1, -0.267)
                ROW(0x1.fdfb1394cb708p-1, -0x1.759e6462cca55p-8, 0.095)
                    ROW(0x1.fc611cdff1990p+555, 0x1.15feb0822b505p+9, 0.385)
                        ROW(0x1.2870c773af306p+0, 0x1.b15acc43f6b91p-3, 0.449)
                            ROW(0x1.007dc7af6b3d9p+0, 0x1.6a939bdaf43ecp-9, -0.173)
                                ROW(0x1.8205b90acf78dp+49, 0x1.8cbd85eb547ccp+5, 0.093)
                                    ROW(0x1.f3381366daa34p-2, -0x1.0956270e1fbbdp+0, -0.135)
                                        ROW(0x1.fb9ee1ddc87abp-1, -0x1.9618d46fd7de6p-7, -0.219)
                                            ROW(0x1.5dea66d96aeb7p+98, 0x1.89cdaf1c42556p+6, -0.368)
                                                ROW(0x1.33bb4c0b03e48p-3, -0x1.5e0325f34f8bep+1,
                                                    -0.398) END
    FUNCTION(log10) ROW(0x1.4550cd40a27acp+0, 0x1.aa4006dcee642p-4,
                        -0.357) ROW(0x1.fddba6b8003d2p-1, -0x1.dd49ec267f8fdp-10, 0.430)
        ROW(0x1.a6b18b237cc05p+506, 0x1.3113f3041b924p+7,
            0.199) ROW(0x1.b9ad2076fbbddp+0, 0x1.e5190260ef6f8p-3,
                       0.236) ROW(0x1.fc7573db025abp-1, -0x1.8b138e0316bc4p-9,
                                  0.012) ROW(0x1.501fdc00e2880p+798, 0x1.e0ae2e425e6a1p+7, -0.127)
            ROW(0x1.3bd48904bf0a8p-3, -0x1.9fae3f45e7fadp-1, 0.461)
                ROW(0x1.024ccfe2fc5abp+0, 0x1.fd26dd295d3d2p-9, -0.410)
                    ROW(0x1.2f265e56418dcp+780, 0x1.d5c0edc56175cp+7, 0.066)
                        ROW(0x1.f84445890ef62p+0, 0x1.2d7c84b57d512p-2, 0.094)
                            ROW(0x1.01a576531d2bcp+0, 0x1.6ce7c316d3795p-9, 0.163)
                                ROW(0x1.28f11863e1efdp+133, 0x1.40cfb5b069cccp+5, -0.412)
                                    ROW(0x1.0759f6f56b8c1p+0, 0x1.92e7dce0ad62fp-7, 0.131)
                                        ROW(0x1.0225a8d6c903ap+0, 0x1.db6fec10fb8bcp-9, -0.029)
                                            ROW(0x1.d62e075e769c6p+893, 0x1.0d157494a52b0p+8, 0.076)
                                                ROW(0x1.2229768ba56d0p-2, -0x1.1866d28a2b58cp-1,
                                                    -0.156) END
    FUNCTION(log1p) ROW(0x1.bb3ffb255f51cp+0, 0x1.013c9711544b9p+0, -0.344)
        ROW(0x1.550513145793ep-22, 0x1.55050f87ca96ap-22,
            -0.028) ROW(0x1.dc4b132ed6061p+902, 0x1.38eb7871d8041p+9,
                        -0.000) ROW(0x1.695c936087f22p+0, 0x1.c2b3bbc798547p-1,
                                    0.016) ROW(0x1.3063ea4cc4a55p-17, 0x1.30638fd18ba48p-17, 0.129)
            ROW(0x1.2a3478c853051p+751, 0x1.045a62abedca1p+9,
                0.000) ROW(0x1.119bedd3b8bfep+0, 0x1.743454380fd30p-1, -0.479)
                ROW(0x1.de3b17694cd7bp-20, 0x1.de3afb7e493b7p-20, 0.323)
                    ROW(0x1.7280b17558facp+182, 0x1.fa17026ba02d3p+6, -0.000)
                        ROW(0x1.24fc34b2c2f1cp+0, 0x1.869a0add08684p-1, 0.061)
                            ROW(0x1.c023839008cc4p-18, 0x1.c02321809b3bbp-18, -0.176)
                                ROW(0x1.1f15c80ec3329p+92, 0x1.ff12b8ef69313p+5, -0.004)
                                    ROW(0x1.e3e15f2ae1f9ep+0, 0x1.0fb214be0ed73p+0, -0.351)
                                        ROW(0x1.0f345f42f2ed8p-17, 0x1.0f34176f11313p-17, -0.112)
                                            ROW(0x1.2dae898a1c8ccp+553, 0x1.7f797e7ad582ap+8, 0.001)
                                                ROW(0x1.8dcaf2d3a75c4p+0, 0x1.e00ecf3e67215p-1,
                                                    0.252) END
    FUNCTION(cbrt) ROW(0x1.221e41f0de8bep+2, 0x1.a7ae29b7788b0p+0,
                       -0.417) ROW(0x1.375a4c7f92c89p+357, 0x1.1142cc1052378p+119,
                                   0.362) ROW(0x1.4a334fedb9ad0p+1, 0x1.5f1942c5089cfp+0, 0.428)
        ROW(0x1.bcf72f66f6fdep+654, 0x1.33ccd45fe56b5p+218,
            0.364) ROW(0x1.0aad7cbe1adeap+2, 0x1.9bf2a3bb00f5bp+0,
                       0.155) ROW(0x1.1a9365a62ab8ap+90, 0x1.08918f22d73ebp+30, 0.374)
            ROW(0x1.c653de1ccfb0cp+1, 0x1.86813919667b8p+0, 0.164)
                ROW(0x1.cfc009e110383p+150, 0x1.3812680657323p+50, -0.267)
                    ROW(0x1.4baa233d50922p+1, 0x1.5f9dea0d414f6p+0, 0.168)
                        ROW(0x1.5b68752aad479p+414, 0x1.1b6d18be9434bp+138, 0.479)
                            ROW(0x1.00b14cbdc620cp+2, 0x1.96bda569ed7c0p+0, 0.256)
                                ROW(0x1.909bc7e2005fcp+255, 0x1.293655ee1f1a8p+85, -0.039)
                                    ROW(0x1.3243d78d332d0p-4, 0x1.af6622ad9f8b0p-2, 0.208)
                                        ROW(0x1.13cf99a122e48p+514, 0x1.4aa76db0e2738p+171, -0.156)
                                            ROW(0x1.9f41e0f9a2851p+2, 0x1.dd7a19876e49bp+0, 0.117)
                                                ROW(0x1.735788ce1ddbfp+693, 0x1.21ca73ec6f9f9p+231,
                                                    0.089) END
    FUNCTION(erf) ROW(0x1.6376d02b571c0p+0, 0x1.e69f21b0b6501p-1,
                      -0.156) ROW(0x1.3ff0ea2b2bd83p-19, 0x1.6903cca90493bp-19,
                                  -0.181) ROW(-0x1.e46adf06c4300p-6, -0x1.11394278b5faep-5, -0.474)
        ROW(0x1.4155d53938898p-18, 0x1.6a9689dada406p-18, -0.187) ROW(-0x1.a64dfcb722304p+0,
                                                                      -0x1.f5f02a8d82801p-1, -0.317)
            ROW(0x1.14a758aa7a898p-18, 0x1.382b96ac48a5cp-18,
                -0.014) ROW(0x1.7324add577dc8p-2, 0x1.9127192bcff49p-2, 0.380)
                ROW(0x1.3051829e2cd6bp-17, 0x1.5762f469c01d1p-17, 0.252)
                    ROW(0x1.40cc74beba25ep+1, 0x1.ffcc69f6497d4p-1, -0.391)
                        ROW(0x1.7166b6fdbcc6fp-19, 0x1.a0d31c635c54ap-19, 0.346)
                            ROW(0x1.c1c9945446b28p-1, 0x1.9261aa7e24e84p-1, -0.008)
                                ROW(0x1.02c1eca00da66p-21, 0x1.23fa01e42bc4dp-21, -0.391)
                                    ROW(-0x1.490c6cb6bbbcbp+1, -0x1.ffdba2d85ed13p-1, 0.229)
                                        ROW(0x1.5763f75d34e0ep-18, 0x1.8379848b9dff1p-18, 0.298)
                                            ROW(0x1.21dc97e364edap+1, 0x1.ff4d7532bc926p-1, 0.456)
                                                ROW(0x1.ac1163e02f94ep-20, 0x1.e305df0a54f9ep-20,
                                                    0.011) END
    FUNCTION(erfc) ROW(0x1.989e691827facp+0, 0x1.890500f706e46p-6,
                       -0.157) ROW(0x1.74f290c560783p+4, 0x1.b93c09650ef6cp-790,
                                   0.194) ROW(-0x1.211273c6a56a6p+0, 0x1.e3c459f5992f7p+0, 0.199)
        ROW(0x1.2edc6811c7b10p+4, 0x1.0231941b7b5f0p-522,
            0.446) ROW(0x1.0c06725505c34p+1, 0x1.918bd4a36ddbdp-9,
                       -0.414) ROW(0x1.718215f33249fp+3, 0x1.35f680c8b2de7p-197, -0.137)
            ROW(0x1.352b9046a51dcp+0, 0x1.670108b3a2965p-4, 0.050)
                ROW(0x1.3f007a59613adp+4, 0x1.4b29950bbc654p-579, -0.495)
                    ROW(0x1.228b0320a1348p-1, 0x1.b062fec99f821p-2, 0.141)
                        ROW(0x1.6b1c281dab51fp+4, 0x1.8c5e6a450056cp-749, 0.306)
                            ROW(0x1.3097979a2fa40p+1, 0x1.90dfa1a98c78ep-11, 0.292)
                                ROW(0x1.914f1aeda44a3p+4, 0x1.e764125caac99p-914, -0.179)
                                    ROW(0x1.b5a75721b0160p-2, 0x1.17536622d5ee6p-1, 0.308)
                                        ROW(0x1.c37a65eca9d2fp+2, 0x1.762fe5879d2dbp-76, -0.341)
                                            ROW(-0x1.7f15e02e103e1p+0, 0x1.f736ac3b989dap+0, -0.258)
                                                ROW(0x1.002ad7c2a2c2ap+3, 0x1.a27b5c1ee4d1bp-97,
                                                    0.198) END
    FUNCTION(lgamma) ROW(0x1.b563aac514d51p+0, -0x1.810127637c66fp-4,
                         0.296) ROW(0x1.775919c63e14dp+4, 0x1.8f3f01e3e913dp+5, -0.467)
        ROW(0x1.50e72dfa1a427p+95, 0x1.56d15b440eea5p+101,
            0.040) ROW(0x1.05bf9712e4a55p+1, 0x1.41a3c096554d0p-6,
                       0.193) ROW(0x1.65cf69e865838p+4, 0x1.73fa9164c6673p+5, -0.181)
            ROW(0x1.1918e3a464f81p+98, 0x1.265ebb9295348p+104, 0.224)
                ROW(0x1.8b9017712a25cp+0, -0x1.e41e5ef677f31p-4, 0.313)
                    ROW(0x1.dcc56dcd8d592p+2, 0x1.dbecdef55ba51p+2, 0.139)
                        ROW(0x1.26cd7e3c4ae5ap+99, 0x1.3822826a1eeecp+105, 0.032)
                            ROW(0x1.f43a752521968p-4, 0x1.059b417df90dap+1, -0.171)
                                ROW(0x1.d7e33302e1b6ep+4, 0x1.162e7e85c272ep+6, 0.358)
                                    ROW(0x1.46536c8e10059p+99, 0x1.5a077ec67b06bp+105, -0.311)
                                        ROW(0x1.e2a600c9b3512p+0, -0x1.6983068319742p-5, 0.081)
                                            ROW(0x1.4724865f9604cp+3, 0x1.a9d34081613b1p+3, -0.090)
                                                ROW(0x1.70b3cf81df60bp+99, 0x1.87aaf7704be18p+105,
                                                    -0.440) ROW(0x1.706caceeca996p+1,
                                                                0x1.2aebdfed7b23bp-1, -0.366) END
    FUNCTION(tgamma) ROW(0x1.ab6543742f0acp-2, 0x1.0fdab5fd91da2p+1,
                         -0.432) ROW(0x1.0aa7891fe8efep+7, 0x1.7ed42bf25bb06p+746,
                                     0.150) ROW(-0x1.94a8314a9fa68p+0, 0x1.26c8c2f55ba24p+1, 0.276)
        ROW(0x1.faa9b5c1ea996p+0, 0x1.fb94132d31483p-1,
            0.345) ROW(0x1.e2ac8c82e3818p+6, 0x1.2496a39ad2a28p+658,
                       -0.087) ROW(-0x1.632993cbec206p+2, 0x1.4b2f718290da4p-7, 0.490)
            ROW(0x1.62ef277b9149ep+1, 0x1.a3971c67bca2cp+0, -0.241)
                ROW(0x1.4c536301bdf5fp+7, 0x1.865c3a76e02dcp+983, -0.073)
                    ROW(-0x1.8b4b3bb4ccdc1p+2, -0x1.8568d1798fab1p-8, -0.254)
                        ROW(0x1.343dc11b5d4c3p+1, 0x1.3fb1b63aadc8dp+0, -0.454)
                            ROW(0x1.2eec5e015e3f9p+6, 0x1.a66a2d4047f75p+361, -0.256)
                                ROW(-0x1.0b47559b98bd0p+3, -0x1.55274d889e0edp-15, -0.006)
                                    ROW(0x1.f3eaf0d41eea0p-1, 0x1.03a1943745d89p+0, -0.075)
                                        ROW(0x1.8393430120939p+4, 0x1.63134aa1b4428p+75, -0.465)
                                            ROW(-0x1.d2829147b3910p-1, -0x1.79df5a6e65a41p+3, 0.221)
                                                ROW(0x1.706b398a2d3dep+1, 0x1.caf6874c050c0p+0,
                                                    -0.223) END
